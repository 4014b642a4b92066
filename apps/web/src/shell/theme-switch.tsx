import { Moon, Sun } from 'lucide-react';
import { Button } from '../ui/button.js';
import { useTheme } from './theme.js';

export function ThemeSwitch() {
  const [theme, choose] = useTheme();
  const isDark = theme === 'dark';
  return (
    <Button
      look="quiet"
      size="icon"
      aria-label={isDark ? 'Light colours' : 'Dark colours'}
      onClick={() => choose(isDark ? 'light' : 'dark')}
    >
      {isDark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
    </Button>
  );
}
