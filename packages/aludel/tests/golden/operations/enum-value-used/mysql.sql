-- there
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','guest') NOT NULL DEFAULT 'guest';

-- and back
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('member') NOT NULL DEFAULT 'member';
