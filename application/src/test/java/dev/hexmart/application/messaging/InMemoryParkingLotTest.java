package dev.hexmart.application.messaging;

class InMemoryParkingLotTest extends ParkingLotContract {

    private final InMemoryParkingLot parkingLot = new InMemoryParkingLot();

    @Override
    protected ParkingLot parkingLot() {
        return parkingLot;
    }

    @Override
    protected ParkingLot reopened() {
        return parkingLot;
    }

    @Override
    protected ParkingLot unreachable() {
        InMemoryParkingLot away = new InMemoryParkingLot();
        away.breakDown();
        return away;
    }
}
