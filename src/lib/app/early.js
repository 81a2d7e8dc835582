// Runs before the first paint. The content security policy allows it by its hash (svelte.config.js).
(() => {
	// The content security policy can't block WebRTC.
	function removeWebRtc(scope = window) {
		for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection'])
			Reflect.deleteProperty(scope, name);
	}
	removeWebRtc();
	// A frame has its own window. Chromium fires the frame's `load` event before scripts can use that window.
	document.addEventListener(
		'load',
		({ target }) => {
			const frame = target instanceof HTMLIFrameElement && target.contentDocument?.defaultView;
			if (frame) removeWebRtc(frame);
		},
		true
	);

	try {
		const theme = localStorage.getItem('bpe-lab-theme');
		if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
	} catch {
		// Without storage, follow the system's theme.
		delete document.documentElement.dataset.theme;
	}

	// Navigating to a URL with a malformed escape fails, even when going back.
	function escapeHash() {
		const hash = location.hash.replace(/(?:%[\da-f]{2})+|%/gi, (escapes) => {
			try {
				decodeURIComponent(escapes);
				return escapes;
			} catch {
				return escapes.replaceAll('%', '%25');
			}
		});
		if (hash !== location.hash) history.replaceState(history.state, '', hash);
	}
	escapeHash();
	addEventListener('hashchange', escapeHash);

	const parameters = new URLSearchParams(location.search);
	if (parameters.has('embed')) {
		document.documentElement.dataset.embed = '';
		if (parent !== window) document.addEventListener('DOMContentLoaded', reportHeight);
	}
	parameters.delete('embed');

	// The link's content differs from the prerendered example. The layout removes `data-link` once that content is
	// shown.
	if (parameters.size > 0 || location.hash !== '') {
		document.documentElement.dataset.link = '';
		const prerendered = new MutationObserver(() => {
			for (const verdict of document.querySelectorAll('[data-verdict]'))
				verdict.removeAttribute('data-verdict');
		});
		prerendered.observe(document, { childList: true, subtree: true });
		document.addEventListener('readystatechange', () => prerendered.disconnect(), { once: true });
	}

	// Scripts are preloaded after the first paint, so that they don't compete with it for the connection.
	function preload() {
		const scripts = document.getElementById('scripts');
		if (scripts instanceof HTMLTemplateElement) scripts.replaceWith(scripts.content);
	}
	document.addEventListener('DOMContentLoaded', () => {
		// Background tabs aren't painted.
		if (document.hidden) preload();
		else requestAnimationFrame(() => setTimeout(preload));
	});

	/** Reports the page's height, in CSS px, to the surrounding page whenever it changes. */
	function reportHeight() {
		const { body } = document;
		new ResizeObserver(() => {
			parent.postMessage({ type: 'bpe-lab:resize', height: Math.ceil(body.offsetHeight) }, '*');
		}).observe(body);
	}

	// Edits, clicks and dropped files from before hydration are recorded here and replayed afterwards (early-edits.ts).
	/** @type {any[]} */
	const edits = [];
	/** @type {[number, number] | null} */
	let selection = null;
	/** @type {string | null} */
	let pasted = null;

	/** @param {any} event */
	const select = ({ target }) => {
		const { selectionStart, selectionEnd } = target;
		selection = typeof selectionStart === 'number' ? [selectionStart, selectionEnd] : null;
	};
	/** @type {Record<string, (event: any) => void>} */
	const listeners = {
		beforeinput: select,
		paste(event) {
			select(event);
			pasted = event.clipboardData ? event.clipboardData.getData('text/plain') : null;
		},
		input({ target, inputType = '' }) {
			if (target.type === 'file') return;
			const { value, checked, selectionEnd: caret } = target;
			edits.push({ type: 'input', target, value, checked, caret, inputType, selection, pasted });
			pasted = null;
		},
		change({ target }) {
			if (target.type === 'file') return;
			const { value, checked } = target;
			edits.push({ type: 'change', target, value, checked });
		},
		click({ target }) {
			// The browser opens a popover even before any script has loaded, so these clicks needn't be replayed.
			const button = target.closest('button:not([popovertarget])');
			// Visitors click again if nothing happens, so repeated clicks on the same button are recorded as one.
			if (button && edits.at(-1)?.target !== button) edits.push({ type: 'click', target: button });
		},
		// Submitting the form would load a different page. The click on its button is replayed instead.
		submit(event) {
			event.preventDefault();
		},
		dragover(event) {
			if (event.dataTransfer.types.includes('Files')) event.preventDefault();
		},
		drop(event) {
			const { target, dataTransfer } = event;
			if (!dataTransfer.types.includes('Files')) return;
			event.preventDefault();
			edits.push({ type: 'drop', target, files: [...dataTransfer.files] });
		}
	};
	for (const [type, listener] of Object.entries(listeners)) addEventListener(type, listener, true);

	window.bpeLabEarlyEdits = {
		take() {
			for (const [type, listener] of Object.entries(listeners))
				removeEventListener(type, listener, true);
			return edits;
		}
	};
})();
