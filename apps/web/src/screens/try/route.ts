import { createRoute } from '@tanstack/react-router';
import { AudioWaveform } from 'lucide-react';
import { root } from '../../root.js';

export const route = createRoute({ getParentRoute: () => root, path: '/' });
export const place = { name: 'Try it', icon: AudioWaveform };
export const alsoAt = ['/predict', '/upload'];
