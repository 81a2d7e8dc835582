import { prerenderGallery } from '$lib/features/drift/gallery/prerender';
import { computeLineages } from '$lib/features/drift/lineages/figures';
import { describeHeadline } from '$lib/features/drift/lineages/messages';
import { prerender, prerenderLineages } from '../../tools/prerender';

export const load = async () => ({
	prerendered: prerender(prerenderGallery),
	change: describeHeadline(await prerenderLineages(computeLineages))
});
