// Runs before the first paint, as a file of its own because the content security policy allows no inline script:
// without it a reader of the dark theme sees a white flash on every load.
(function () {
  var chosen = 'auto';
  try {
    chosen = localStorage.getItem('theme') || 'auto';
    document.documentElement.lang = localStorage.getItem('language') === 'en' ? 'en' : 'vi';
  } catch (storageIsBlocked) {
    chosen = 'auto';
  }
  var dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
