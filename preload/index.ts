// Runs isolated in the window before its page: says which shell this is and hands the page its MessagePort. Nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import type { PortAnswer, PortRequest, ShellInfo } from '../main/contract/windowPort.ts';

const request: PortRequest = 'sluice:connect';
const answer: PortAnswer = 'sluice:port';
const info: ShellInfo = { shell: 'desktop', platform: process.platform };

contextBridge.exposeInMainWorld('sluice', info);

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === request) ipcRenderer.postMessage(request, null);
});

ipcRenderer.on(answer, (event) => {
  window.postMessage(answer, window.location.origin, event.ports);
});
