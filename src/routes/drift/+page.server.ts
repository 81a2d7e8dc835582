import { prerenderGallery } from '$lib/features/drift/gallery/prerender';
import { prerender } from '../../tools/prerender';

export const load = () => ({ prerendered: prerender(prerenderGallery) });
