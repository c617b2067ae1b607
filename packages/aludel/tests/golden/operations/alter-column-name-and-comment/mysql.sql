-- there
ALTER TABLE `user` MODIFY COLUMN `mail` varchar(32) NOT NULL COMMENT 'Where to write';
ALTER TABLE `user` RENAME COLUMN `mail` TO `e-mail`;
ALTER TABLE `user` MODIFY COLUMN `old` varchar(8);

-- and back
ALTER TABLE `user` MODIFY COLUMN `old` varchar(8) COMMENT 'Old';
ALTER TABLE `user` RENAME COLUMN `e-mail` TO `mail`;
ALTER TABLE `user` MODIFY COLUMN `mail` varchar(32) NOT NULL;
