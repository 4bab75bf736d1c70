/** Buttons in the page's one style. They know nothing of what they do. */
import { Tooltip } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";
import { classNames } from "./classNames.ts";

interface ButtonProps extends ComponentProps<"button"> {
  readonly look?: "plain" | "primary" | "quiet";
}

export function Button({ look = "plain", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={classNames(styles.button, styles[look], className)} {...rest} />;
}

interface IconButtonProps extends ButtonProps {
  /** The accessible name. */
  readonly name: string;
  /** Shown on hover and focus, where it says more than the name. */
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A button with a picture for a face and its name in a tooltip. */
export function IconButton({ name, hint, children, className, ...rest }: IconButtonProps) {
  return (
    <Hint text={hint ?? name}>
      <Button aria-label={name} className={classNames(styles.icon, className)} {...rest}>
        {children}
      </Button>
    </Hint>
  );
}

interface HintProps {
  readonly text: string;
  readonly children: ReactNode;
}

/** A word of explanation on hover and focus. What it says must be known without it too: touch has no hover. */
export function Hint({ text, children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      {/* In place, not at the end of the page: what belongs to a region stays in it. */}
      <Tooltip.Content className={styles.hint} sideOffset={6} collisionPadding={8}>
        {text}
      </Tooltip.Content>
    </Tooltip.Root>
  );
}
