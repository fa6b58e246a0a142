import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/mantineStyles.ts';
import { App } from './App.tsx';
import { startI18n } from './i18n/startI18n.ts';
import { loadAhead } from './windows.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
loadAhead();
await startI18n();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
