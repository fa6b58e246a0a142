import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { later } from './components/later.ts';
import { OverviewPage } from './pages/overview/OverviewPage.tsx';

const ConnectPage = later(async () => (await import('./pages/connect/ConnectPage.tsx')).ConnectPage);
const EndpointsPage = later(async () => (await import('./pages/endpoints/EndpointsPage.tsx')).EndpointsPage);
const KeysPage = later(async () => (await import('./pages/keys/KeysPage.tsx')).KeysPage);
const ModelsPage = later(async () => (await import('./pages/models/ModelsPage.tsx')).ModelsPage);
const RequestsPage = later(async () => (await import('./pages/requests/RequestsPage.tsx')).RequestsPage);
const SettingsPage = later(async () => (await import('./pages/settings/SettingsPage.tsx')).SettingsPage);

/** Which page stands at which address. Everything after the first part belongs to the page. */
export function Pages() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/endpoints/*?" component={EndpointsPage} />
        <Route path="/models/*?" component={ModelsPage} />
        <Route path="/keys/*?" component={KeysPage} />
        <Route path="/requests/*?" component={RequestsPage} />
        <Route path="/connect/*?" component={ConnectPage} />
        <Route path="/settings/*?" component={SettingsPage} />
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </Suspense>
  );
}
