// The first script: lets the window's outline be painted before the page's own scripts take the thread. It needs these few styles only.
import './theme/tokens.css';
import './theme/outline.css';

/** A window that is not painted at all must not wait for its first frame. */
const longestWaitMs = 60;

let begun = false;

function begin(): void {
  if (begun) return;
  begun = true;
  void import('./main.tsx');
}

// After the frame, not in it.
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, longestWaitMs);
