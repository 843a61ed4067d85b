/** Whether a day has twice twelve hours on the clock, or twenty-four. */
export type HourCycle = 'h12' | 'h23';
