import { fork, type ChildProcess } from 'node:child_process';

/** A process died, or gave no answer and was ended. The message has its last words. */
export class ChildDied extends Error {}

interface Options {
	/** Time for which it may be silent, in milliseconds. */
	readonly patienceMs: number;
	readonly args?: readonly string[];
	readonly env?: NodeJS.ProcessEnv;
	/** Whether its errors are printed. */
	readonly isLoud?: boolean;
}

/** A process that answers messages, and is started again after it has died. Its first message says that it is ready. */
export class Child<Answer> {
	#process: ChildProcess | null = null;
	#words = '';

	constructor(
		readonly program: string,
		readonly options: Options
	) {}

	/**
	 * Sends a message and reads the answers to it.
	 * @param read returns whether an answer is the last one
	 * @throws ChildDied
	 */
	async ask(message: object, read: (answer: Answer) => boolean): Promise<void> {
		const child = (this.#process ??= await this.#start());
		child.send(message);
		await this.#listen(child, read);
	}

	close(): void {
		this.#process?.kill();
		this.#process = null;
	}

	/** @throws Error if it does not start, which is never an answer */
	async #start(): Promise<ChildProcess> {
		const { args = [], env, isLoud } = this.options;
		this.#words = '';
		const child = fork(this.program, args, {
			serialization: 'advanced',
			stdio: ['ignore', isLoud ? 'inherit' : 'ignore', 'pipe', 'ipc'],
			execArgv: ['--max-old-space-size=6000'],
			env: { ...process.env, ...env }
		});
		child.stderr?.on('data', (data: Buffer) => {
			this.#words = (this.#words + data.toString()).slice(-4000);
			if (isLoud) process.stderr.write(data);
		});
		try {
			await this.#listen(child, () => true);
		} catch (error) {
			throw new Error(`${this.program} does not start: ${String(error)}`, { cause: error });
		}
		return child;
	}

	#listen(child: ChildProcess, read: (answer: Answer) => boolean): Promise<void> {
		const { patienceMs } = this.options;
		return new Promise((resolve, reject) => {
			let timer: NodeJS.Timeout | undefined;
			const wait = () => {
				clearTimeout(timer);
				timer = setTimeout(() => {
					this.#words = `no answer after ${patienceMs / 1000} s`;
					child.kill('SIGKILL');
				}, patienceMs);
			};
			const end = (settle: () => void) => {
				clearTimeout(timer);
				child.off('message', onMessage);
				child.off('exit', onExit);
				settle();
			};
			const onMessage = (answer: Answer) => {
				if (read(answer)) end(resolve);
				else wait();
			};
			const onExit = () => {
				this.#process = null;
				end(() => reject(new ChildDied(this.#words)));
			};
			child.on('message', onMessage);
			child.on('exit', onExit);
			wait();
		});
	}
}
