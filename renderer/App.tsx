import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import classes from './App.module.css';
import { SessionProvider } from './api/session.ts';
import { useGatewaySession } from './api/useGatewaySession.ts';
import { FollowSettings } from './components/FollowSettings.tsx';
import { Frame } from './components/Frame.tsx';
import { Mark } from './components/Mark.tsx';
import { ToastHost } from './components/ToastHost.tsx';
import { Pages } from './Pages.tsx';
import { SignInPage } from './pages/signIn/SignInPage.tsx';
import { colorSchemeManager } from './theme/colorScheme.ts';
import { mantineTheme } from './theme/mantineTheme.ts';

/** Either the sign-in page, or the pages over one session. */
function Gate() {
  const gate = useGatewaySession();
  if (gate.state === 'signedOut') return <SignInPage refused={gate.refused} onSignIn={gate.signIn} />;
  if (gate.state === 'connecting') {
    return (
      <div className={classes.waiting}>
        <Mark size={40} flowing />
      </div>
    );
  }
  return (
    <SessionProvider value={gate.session} key={gate.serial}>
      <QueryClientProvider client={gate.session.queryClient}>
        <FollowSettings />
        <ModalsProvider>
          <Frame>
            <Pages />
          </Frame>
        </ModalsProvider>
      </QueryClientProvider>
    </SessionProvider>
  );
}

export function App() {
  return (
    <MantineProvider
      theme={mantineTheme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <ToastHost />
      <Router hook={useHashLocation}>
        <Gate />
      </Router>
    </MantineProvider>
  );
}
