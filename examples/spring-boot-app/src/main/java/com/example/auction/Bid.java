package com.example.auction;

/** What somebody offers for a lot. */
record Bid(String bidder, int amount) {}
