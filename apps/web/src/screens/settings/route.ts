import { createRoute } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { root } from '../../root.js';

export const route = createRoute({ getParentRoute: () => root, path: '/settings' });
export const place = { name: 'Settings', icon: Settings };
