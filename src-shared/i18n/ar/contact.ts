import type { DraftCatalogue } from '../catalogue';

export const contact: DraftCatalogue['contact'] = {
  card: 'الملف الشخصي',
  'card-empty': 'لم يُكتب شيء هنا بعد.',
  'card-failed': 'تعذّرت قراءة الملف الشخصي.',
  'full-name': 'الاسم',
  nickname: 'اللقب',
  organisation: 'الشركة',
  title: 'المنصب',
  phone: 'الهاتف',
  'phone-home': 'هاتف المنزل',
  'phone-work': 'هاتف العمل',
  'phone-mobile': 'الجوّال',
  'phone-fax': 'الفاكس',
  mail: 'البريد',
  address: 'العنوان البريدي',
  birthday: 'تاريخ الميلاد',
  note: 'ملاحظة',
  'last-seen': 'آخر ظهور {when}',
  'last-seen-now': 'ظهر للتو',
};
