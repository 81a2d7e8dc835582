/** State of the Bugs page: the cases, and the sentence that the model misreads. */
import { createContext, type Component } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { encodeUtf8 } from '../../../engine/text';
import type { Lab } from '../../../session/lab.svelte';
import { WorkerQuery } from '../../../session/worker-query.svelte';
import { DEMO_TOKENIZERS } from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { DRIFT_CASES } from '../cases/cases';
import type { DriftCase } from '../cases/types';
import { DRIFT_ROUTES } from '../worker';
import { FIRST_SENTENCE, GALLERY_FIELDS } from './fields';
import { filterCases } from './filters';
import { Gallery } from './gallery.svelte';
import { readSentence, type SentenceReading } from './misread';
import type { PrerenderedGallery } from './prerender';

const [A, B] = DEMO_TOKENIZERS.map(({ id }) => id);

type CaseBody = Component<{ item: DriftCase }>;

interface GalleryData extends PrerenderedGallery {
	/** Imports the case component. Supplied by the caller, because importing it here would be circular. */
	readonly importBody: () => Promise<{ readonly default: CaseBody }>;
}

export function createGalleryPage(lab: Lab, { importBody, ...prerendered }: GalleryData) {
	const workers = lab.connect(DRIFT_ROUTES);
	const gallery = new Gallery(workers);
	const reading = new WorkerQuery<string, SentenceReading>(
		async (sentence, options) => {
			const text = encodeUtf8(sentence);
			const { encode, spell } = lab.tokenizing;
			const { encoding } = await encode({ tokenizer: B, text, special: 'text' }, options);
			const read = await spell({ tokenizer: A, ids: encoding.ids }, options);
			return readSentence(text, encoding, read);
		},
		{ policy: 'latest' }
	);
	reading.seed(FIRST_SENTENCE, prerendered.story.reading);
	/** Component that renders an open case; `null` until the component is loaded. */
	let body = $state.raw<CaseBody | null>(null);
	/** Loads the case component so that a linked case appears together with the page. */
	const loadBody = async () => void (body = (await importBody()).default);
	/** Slugs of the cases opened by the URL. */
	let linked = $state.raw<readonly string[]>([]);
	const document = lab.document(GALLERY_FIELDS, {
		names: lab.known,
		async check({ open }) {
			linked = open;
			// Without the component, the case still opens but says that it can't be shown.
			if (open.length > 0) await loadBody().catch(() => undefined);
			return {};
		}
	});
	const { value } = document;
	const shown = $derived(filterCases(DRIFT_CASES, value));
	return {
		prerenderedCases: prerendered.cases,
		document,
		value,
		gallery,
		get body() {
			return body;
		},
		loadBody,
		get shown() {
			return shown;
		},
		isOpen: ({ slug }: DriftCase): boolean => value.open.includes(slug),
		setOpen: ({ slug }: DriftCase, isOpen: boolean): void => {
			const others = value.open.filter((other) => other !== slug);
			if (isOpen !== value.open.includes(slug)) value.open = isOpen ? [...others, slug] : others;
		},
		/**
		 * Whether an embedded page lists a case. It lists open cases, and also cases that the URL opened and the
		 * visitor has since closed.
		 */
		isInFrame: ({ slug }: DriftCase): boolean => value.open.includes(slug) || linked.includes(slug),
		/** Runs a case only when its element comes into view, because the case's vocabularies have to be downloaded. */
		whenInView: createViewWatcher<DriftCase>((item) => {
			if (!gallery.of(item.slug)) gallery.ask(item);
		}),
		story: prerendered.story,
		/** What the model reads instead of the sentence. */
		reading
	};
}

/** Calls `onview` with an element's item whenever the element comes into view. All elements share one observer. */
function createViewWatcher<T>(onview: (item: T) => void): (item: T) => Attachment {
	const items = new WeakMap<Element, T>();
	let observer: IntersectionObserver | undefined;
	return (item) => (element) => {
		observer ??= new IntersectionObserver((entries) => {
			for (const { isIntersecting, target } of entries) {
				const found = items.get(target);
				if (isIntersecting && found !== undefined) onview(found);
			}
		});
		items.set(element, item);
		observer.observe(element);
		return () => observer?.unobserve(element);
	};
}

export const [getGalleryPage, setGalleryPage] =
	createContext<ReturnType<typeof createGalleryPage>>();
