package com.example.auction;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * An auction: people follow a lot and bid for it, and all who follow it see each new highest bid.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuctionApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(AuctionApplication.class, arguments);
  }
}
