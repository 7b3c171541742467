import { createStore } from 'zustand/vanilla';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORED = 'gongbi.theme';
const dark = () => matchMedia('(prefers-color-scheme: dark)');

export const theme = createStore<{ readonly choice: ThemeChoice }>(() => ({ choice: 'system' }));

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(STORED);
    return THEME_CHOICES.find((choice) => choice === value) ?? 'system';
  } catch {
    // a browser may forbid storage: then the choice lasts for this page only
    return 'system';
  }
}

function paint(): void {
  const { choice } = theme.getState();
  document.documentElement.dataset['theme'] = choice === 'system' ? (dark().matches ? 'dark' : 'light') : choice;
}

/** Follows the system unless the person chose; call before the first render. */
export function startTheme(): void {
  theme.setState({ choice: stored() });
  dark().addEventListener('change', paint);
  paint();
}

export function chooseTheme(choice: ThemeChoice): void {
  theme.setState({ choice });
  try {
    localStorage.setItem(STORED, choice);
  } catch {
    // as above
  }
  paint();
}
