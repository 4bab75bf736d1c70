/** The page's Content-Security-Policy nonce, for the few libraries that insert style elements. */
import { setNonce } from "get-nonce";

/** The nonce that the server wrote into the page, or undefined where it sends no policy. */
export function cspNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  // Browsers hide the attribute from scripts and styles, and keep the property.
  const nonce = meta?.nonce ?? "";
  return nonce === "" ? undefined : nonce;
}

/** Tells the nonce to react-remove-scroll, which radix uses while a list or a sheet is open. */
export function shareNonce(): void {
  const nonce = cspNonce();
  if (nonce !== undefined) setNonce(nonce);
}
