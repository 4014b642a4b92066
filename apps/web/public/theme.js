// Before the first paint, so that nothing flashes: the colours that were chosen here, or those of the system.
const chosen = localStorage.getItem('earshot-theme');
const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
