-- there
ALTER TABLE `user` ADD COLUMN `bio` longtext;
ALTER TABLE `user` ADD COLUMN `status` varchar(32) NOT NULL DEFAULT 'active';
ALTER TABLE `user` ADD COLUMN `is active` tinyint(1) NOT NULL DEFAULT FALSE COMMENT 'Or not';
ALTER TABLE `user` ADD COLUMN `made_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6);
ALTER TABLE `user` ADD COLUMN `total` int GENERATED ALWAYS AS (price * 2) STORED;
ALTER TABLE `user` ADD COLUMN IF NOT EXISTS `nick` varchar(20);

-- and back
ALTER TABLE `user` DROP COLUMN IF EXISTS `nick`;
ALTER TABLE `user` DROP COLUMN `total`;
ALTER TABLE `user` DROP COLUMN `made_at`;
ALTER TABLE `user` DROP COLUMN `is active`;
ALTER TABLE `user` DROP COLUMN `status`;
ALTER TABLE `user` DROP COLUMN `bio`;
