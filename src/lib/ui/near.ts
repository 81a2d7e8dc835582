import type { Attachment } from 'svelte/attachments';

/** Distance from the window at which an element counts as near, in CSS px. */
const NEAR_PX = 400;

/** Calls `onnear` when the element comes near the window, so that content further down loads only if needed. */
export const near =
	(onnear: () => void): Attachment =>
	(element) => {
		const observer = new IntersectionObserver(
			(entries) => {
				if (entries.some(({ isIntersecting }) => isIntersecting)) onnear();
			},
			// In a frame, the margin has an effect only with an explicit root.
			{ root: document, rootMargin: `${NEAR_PX}px` }
		);
		observer.observe(element);
		return () => observer.disconnect();
	};
