// Runs before the first paint, so that no frame shows the wrong theme, language or outline.
// The choices themselves live in settings.json: the desktop says them in the address, a browser has their last known copy.
(() => {
  const desktop = 'sluice' in window;
  const read = (name) => {
    try {
      return localStorage.getItem(name) ?? sessionStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const take = (name, none) => {
    const given = desktop ? new URLSearchParams(location.search).get(name) : null;
    if (given === none) localStorage.removeItem(`sluice.${name}`);
    else if (given) localStorage.setItem(`sluice.${name}`, given);
    return read(`sluice.${name}`);
  };
  const theme = take('theme', 'system');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  const system = known.find((tag) => tag === 'en' || tag === 'zh');
  const page = document.documentElement;
  page.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  page.lang = take('language', 'auto') ?? (system === 'zh' ? 'zh-CN' : 'en');
  // Who has to sign in first sees no window's outline.
  if (desktop || read('sluice.token')) page.dataset.outline = location.hash === '#/tray' ? 'small' : 'full';
})();
