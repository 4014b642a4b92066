/** Under which the old talent system's operations stand together. */
export const talentTag = 'Talent system';
