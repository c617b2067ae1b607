-- there
ALTER TABLE `user` MODIFY COLUMN `age` int DEFAULT 1;
ALTER TABLE `user` MODIFY COLUMN `note` longtext NOT NULL;
ALTER TABLE `user` MODIFY COLUMN `size` bigint;

-- and back
ALTER TABLE `user` MODIFY COLUMN `size` int;
ALTER TABLE `user` MODIFY COLUMN `note` varchar(20) NOT NULL;
ALTER TABLE `user` MODIFY COLUMN `age` varchar(10) DEFAULT '1';
