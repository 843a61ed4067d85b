import { common } from './common';
import { console } from './console';
import { conversation } from './conversation';
import { error } from './error';
import { failure } from './failure';
import { notification } from './notification';
import { presence } from './presence';
import { roster } from './roster';
import { settings } from './settings';
import { shell } from './shell';
import { signIn } from './sign-in';
import { step } from './step';
import { tray } from './tray';

export const zhCN = {
  common,
  console,
  conversation,
  error,
  failure,
  notification,
  presence,
  roster,
  settings,
  shell,
  signIn,
  step,
  tray,
} as const;
