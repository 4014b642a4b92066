// The key of a server that wants one: kept in this tab, and forgotten with it.
const name = 'earshot-key';

export const keyOf = (): string | null => sessionStorage.getItem(name);
export const keepKey = (key: string): void => sessionStorage.setItem(name, key);
export const forgetKey = (): void => sessionStorage.removeItem(name);
