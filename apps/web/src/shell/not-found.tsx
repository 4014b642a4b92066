import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonLook } from '../ui/button.js';
import { EmptyState } from '../ui/empty-state.js';

export function NotFound() {
  return (
    <EmptyState icon={Compass} text="There is no screen at this address.">
      <Link to="/" className={buttonLook()}>
        Try a sound
      </Link>
    </EmptyState>
  );
}
