package com.example.auction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The highest bids. */
@Service
class Auction {

  private final Map<String, Bid> highestByLot = new ConcurrentHashMap<>();

  /** The highest bid for the lot, which is this one if it is higher than all before. */
  Bid place(String lot, Bid bid) {
    return highestByLot.merge(
        lot, bid, (highest, next) -> next.amount() > highest.amount() ? next : highest);
  }
}
