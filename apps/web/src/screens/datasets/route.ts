import { createRoute } from '@tanstack/react-router';
import { Database } from 'lucide-react';
import { root } from '../../root.js';

export const route = createRoute({ getParentRoute: () => root, path: '/datasets' });
export const place = { name: 'Datasets', icon: Database };
