import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { OverviewPage } from './pages/overview/OverviewPage.tsx';

const ConnectPage = lazy(async () => ({
  default: (await import('./pages/connect/ConnectPage.tsx')).ConnectPage,
}));
const EndpointsPage = lazy(async () => ({
  default: (await import('./pages/endpoints/EndpointsPage.tsx')).EndpointsPage,
}));
const KeysPage = lazy(async () => ({ default: (await import('./pages/keys/KeysPage.tsx')).KeysPage }));
const ModelsPage = lazy(async () => ({
  default: (await import('./pages/models/ModelsPage.tsx')).ModelsPage,
}));
const RequestsPage = lazy(async () => ({
  default: (await import('./pages/requests/RequestsPage.tsx')).RequestsPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./pages/settings/SettingsPage.tsx')).SettingsPage,
}));

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
