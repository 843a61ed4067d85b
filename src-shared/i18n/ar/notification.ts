import type { DraftCatalogue } from '../catalogue';

export const notification: DraftCatalogue['notification'] = {
  newMessage: {
    zero: 'لا رسائل جديدة',
    one: 'رسالة جديدة',
    two: 'رسالتان جديدتان',
    few: '{count} رسائل جديدة',
    many: '{count} رسالة جديدة',
    other: '{count} رسالة جديدة',
  },
  several: '{name} ({count})',
  contactRequest: {
    zero: 'لا طلبات',
    one: 'طلب إضافة',
    two: 'طلبا إضافة',
    few: '{count} طلبات إضافة',
    many: '{count} طلب إضافة',
    other: '{count} طلب إضافة',
  },
  online: '{name} متصل الآن',
  request: 'طلب مراسلة',
  reply: 'رد',
  markRead: 'تعليم كمقروءة',
  summary: {
    zero: 'لا رسائل جديدة (المحادثات: {chats})',
    one: 'رسالة جديدة واحدة (المحادثات: {chats})',
    two: 'رسالتان جديدتان (المحادثات: {chats})',
    few: '{count} رسائل جديدة (المحادثات: {chats})',
    many: '{count} رسالة جديدة (المحادثات: {chats})',
    other: '{count} رسالة جديدة (المحادثات: {chats})',
  },
  invitation: {
    zero: 'لا دعوات',
    one: 'دعوة إلى غرفة',
    two: 'دعوتان إلى غرف',
    few: '{count} دعوات إلى غرف',
    many: '{count} دعوة إلى غرف',
    other: '{count} دعوة إلى غرف',
  },
  buzz: 'يطلب انتباهك',
};
