-- there
ALTER TABLE `pair` ADD PRIMARY KEY (`a`, `b`);
ALTER TABLE `single` ADD PRIMARY KEY (`code`);

-- and back
ALTER TABLE `single` DROP PRIMARY KEY;
ALTER TABLE `single` MODIFY COLUMN `code` varchar(20);
ALTER TABLE `pair` DROP PRIMARY KEY;
ALTER TABLE `pair` MODIFY COLUMN `b` varchar(20);
