/** Duel's mark: two halves of one disc, the generator's amber and the discriminator's blue. */
export function Logo() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M9 0a9 9 0 0 1 0 18z" fill="var(--generator)" />
      <path d="M9 0a9 9 0 0 0 0 18z" fill="var(--discriminator)" />
    </svg>
  );
}
