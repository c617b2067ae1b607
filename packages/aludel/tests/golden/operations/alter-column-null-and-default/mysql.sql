-- there
ALTER TABLE `user` MODIFY COLUMN `status` varchar(32) NOT NULL DEFAULT 'it''s new';
ALTER TABLE `user` MODIFY COLUMN `age` int;
ALTER TABLE `user` MODIFY COLUMN `size` int DEFAULT (1 + 1);
ALTER TABLE `user` MODIFY COLUMN `made_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6);

-- and back
ALTER TABLE `user` MODIFY COLUMN `made_at` datetime(6) NOT NULL;
ALTER TABLE `user` MODIFY COLUMN `size` int DEFAULT 1;
ALTER TABLE `user` MODIFY COLUMN `age` int NOT NULL DEFAULT 18;
ALTER TABLE `user` MODIFY COLUMN `status` varchar(32);
