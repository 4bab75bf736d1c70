/** `npm run build`: prepares and builds Duel for production. */
import { buildWhenStale } from "./bundle.ts";

await buildWhenStale();
