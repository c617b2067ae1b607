-- there
CREATE TABLE `seat` (
  `id` int NOT NULL AUTO_INCREMENT,
  `room` varchar(20),
  `place` int,
  PRIMARY KEY (`id`)
);

-- and back
DROP TABLE `seat`;
