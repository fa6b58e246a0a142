/** Where the browser keeps the admin token: for this tab, or for this device where the user ticked so. Never in an address. */
const name = 'sluice.token';

export function readAdminToken(): string | null {
  return sessionStorage.getItem(name) ?? localStorage.getItem(name);
}

export function keepAdminToken(token: string, remember: boolean): void {
  forgetAdminToken();
  (remember ? localStorage : sessionStorage).setItem(name, token);
}

export function forgetAdminToken(): void {
  sessionStorage.removeItem(name);
  localStorage.removeItem(name);
}
