import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from './api/hashLocation.ts';
import { SessionProvider } from './api/session.ts';
import { useGatewaySession } from './api/useGatewaySession.ts';
import { Arrived } from './components/Arrived.tsx';
import { FollowSettings } from './components/FollowSettings.tsx';
import { ToastHost } from './components/ToastHost.tsx';
import { FormatProvider } from './format/FormatProvider.tsx';
import { colorSchemeManager } from './theme/colorScheme.ts';
import { useWindowTheme } from './theme/useWindowTheme.ts';
import { FullWindow, SignInPage, TrayWindow, trayPlace } from './windows.ts';

/** Either the sign-in page, or a window over one session. While nothing is there, index.html's outline is. */
function Gate() {
  const gate = useGatewaySession();
  const [location] = useHashLocation();
  if (gate.state === 'connecting') return null;
  if (gate.state === 'signedOut') {
    return (
      <Arrived>
        <SignInPage refused={gate.refused} onSignIn={gate.signIn} />
      </Arrived>
    );
  }
  return (
    <SessionProvider value={gate.session} key={gate.serial}>
      <QueryClientProvider client={gate.session.queryClient}>
        <FollowSettings />
        <Arrived>{location === trayPlace ? <TrayWindow /> : <FullWindow />}</Arrived>
      </QueryClientProvider>
    </SessionProvider>
  );
}

export function App() {
  return (
    <MantineProvider
      theme={useWindowTheme()}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <FormatProvider>
        <ToastHost />
        <Router hook={useHashLocation}>
          <Suspense fallback={null}>
            <Gate />
          </Suspense>
        </Router>
      </FormatProvider>
    </MantineProvider>
  );
}
