/** Where programs are found: all that children see of an environment, for that of the service holds its passwords. */
export const programPath = '/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin:/usr/sbin:/sbin';
