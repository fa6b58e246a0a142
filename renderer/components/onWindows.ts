/** Whether the person sits at Windows, whose terminals quote in their own way. */
export function onWindows(): boolean {
  return window.sluice?.platform === 'win32' || /Windows/.test(navigator.userAgent);
}
