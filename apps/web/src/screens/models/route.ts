import { createRoute } from '@tanstack/react-router';
import { Boxes } from 'lucide-react';
import { root } from '../../root.js';

export const route = createRoute({ getParentRoute: () => root, path: '/models' });
export const place = { name: 'Models', icon: Boxes };
