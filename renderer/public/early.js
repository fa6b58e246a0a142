// Runs before the first paint, so that no frame shows the wrong theme or language.
// The choices themselves live in settings.json; what is read here is their last known copy on this device.
(() => {
  const read = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const theme = read('sluice.theme');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  const system = known.find((tag) => tag === 'en' || tag === 'zh');
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  document.documentElement.lang = read('sluice.language') ?? (system === 'zh' ? 'zh-CN' : 'en');
})();
