import { z } from 'zod';

/** A name as a child sends it: rows do not take every character. */
export const storableName = z.string().regex(/^[ -~]{1,100}$/);
