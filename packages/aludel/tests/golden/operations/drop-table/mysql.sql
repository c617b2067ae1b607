-- there
DROP TABLE `note`;
DROP TABLE IF EXISTS `none`;

-- and back
CREATE TABLE `note` (
  `id` int NOT NULL AUTO_INCREMENT,
  `title` varchar(40) NOT NULL,
  PRIMARY KEY (`id`)
);
