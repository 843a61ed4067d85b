/**
 * By time; stamps of one second stand in the order of the archive. For `amendments a` with their `archive_pages p`; what
 * is in no page yet is newer.
 */
export const newestFirst = 'a.at DESC, p.turn IS NULL DESC, p.turn DESC, a.spot DESC, a.id DESC';
