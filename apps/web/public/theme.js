// Before the first paint, so that nothing flashes: the colours that were chosen here, or those of the system.
let chosen = null;
try {
  chosen = localStorage.getItem('earshot-theme');
} catch {
  // The browser keeps nothing for this page.
}
const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
