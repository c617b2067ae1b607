ALTER TABLE `post`
  MODIFY COLUMN `mood` enum('ok','it''s') NOT NULL DEFAULT 'ok',
  MODIFY COLUMN `other` enum('ok','it''s');
