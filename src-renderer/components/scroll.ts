import type { InjectionKey, Ref } from 'vue';

/** The pane that scrolls, provided to the lists inside it. */
export const scrollKey: InjectionKey<Readonly<Ref<HTMLElement | null>>> = Symbol('scroll');
