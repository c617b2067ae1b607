-- there
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','it''s','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member','it''s','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it''s','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it''s','guest','it "is"') NOT NULL DEFAULT 'member';
UPDATE `user` SET `role` = CASE `role` WHEN 'it''s' THEN 'it "is"' ELSE `role` END WHERE `role` IN ('it''s');
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it "is"','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it "is"','guest') NOT NULL DEFAULT 'member';
UPDATE `user` SET `role` = CASE `role` WHEN 'member' THEN 'guest' WHEN 'it "is"' THEN 'owner' ELSE `role` END WHERE `role` IN ('member', 'it "is"');
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','guest') NOT NULL DEFAULT 'guest';

-- and back
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','guest') NOT NULL;
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it "is"','guest') NOT NULL;
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it "is"','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it "is"','guest','it''s') NOT NULL DEFAULT 'member';
UPDATE `user` SET `role` = CASE `role` WHEN 'it "is"' THEN 'it''s' ELSE `role` END WHERE `role` IN ('it "is"');
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member',0x6261636b5c736c6173683b202d2d,'it''s','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('owner','member','it''s','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','it''s','guest') NOT NULL DEFAULT 'member';
ALTER TABLE `user` MODIFY COLUMN `role` enum('member','it''s') NOT NULL DEFAULT 'member';
