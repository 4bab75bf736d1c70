/** Messages in the order they came, for one reader who may wait for the next. It must not know what they say. */

export interface Mailbox<Message> {
  put(message: Message): void;
  /** The oldest message, or undefined when there is none. */
  take(): Message | undefined;
  /** Resolves as soon as there is a message. One reader at a time. */
  arrival(): Promise<void>;
}

export function createMailbox<Message>(): Mailbox<Message> {
  const messages: Message[] = [];
  let wake: (() => void) | null = null;
  return {
    put(message) {
      messages.push(message);
      wake?.();
      wake = null;
    },
    take: () => messages.shift(),
    arrival: () =>
      new Promise((resolve) => {
        if (messages.length > 0) resolve();
        else wake = resolve;
      }),
  };
}
