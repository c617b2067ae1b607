-- there
ALTER TABLE `user` MODIFY COLUMN `role` enum('guest','member','it''s') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` ADD COLUMN `second` enum('member','guest');
ALTER TABLE `user` ADD COLUMN `mood` enum('good','bad');

-- and back
ALTER TABLE `user` DROP COLUMN `mood`;
ALTER TABLE `user` DROP COLUMN `second`;
ALTER TABLE `user` MODIFY COLUMN `role` enum('guest','member','it''s') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','it''s') NOT NULL DEFAULT 'member';
